"""The one way out: what is submitted to a court, a UN body, a family.

Floor 5. Nothing derived from a vault is written outside it but by `release`, which decides first and fails
closed. Refused: whatever is told in care (this room may not import it); a statement without a basis to leave
on; a bag that would not verify; a folder in which something stands already.

`publish` redacted statements and the files beside them as a commit of their own · `bag` what is shown as the
files of a bag; both pure · `guides` what goes along for people: VERIFY.md, verify.sh, FORMAT.md · `release`
the decision, and the writing.

Not built yet: consent, redaction, the forms of recipients. Until consent exists, only
record statements of published sources leave.
"""
