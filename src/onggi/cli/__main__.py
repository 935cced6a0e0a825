"""`python -m onggi.cli` is `onggi`."""

from onggi.cli.main import main

main()
