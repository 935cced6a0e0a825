"""Evidence in a real browser: a picture goes in, and is looked at once that is signed."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.evidence.test_resound import make_sound
from tests.web.browser import Watched
from tests.web.opening import Opened

from onggi.words import LANGUAGES

pytestmark = pytest.mark.system

CASE = "C-7Q2WZ5C"
PHONE = {"width": 360, "height": 740}

HEARD = """from => new Promise((done, fail) => {
  const sound = document.querySelector("audio");
  let tries = 300;
  const look = () => {
    if (!sound.paused && sound.currentTime >= from) return done(true);
    return tries-- ? setTimeout(look, 100) : fail(sound.error?.message ?? `${sound.currentTime}`);
  };
  look();
})"""
"""Waits until sound plays from a second on."""


def draw_picture() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((640, 400), 60).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


def add(opened: Opened, name: str, content: bytes) -> tuple[Watched, str]:
    """Add a file by the form; the page it was added in, and the path of the item."""
    seen = opened.visit(f"/case/{CASE}/add")
    page = seen.page
    page.fill("#came_from", "INVENTED: a drawer")
    page.fill("#received", "2019년 6월")
    page.set_input_files("#file", {"name": name, "mimeType": "image/jpeg", "buffer": content})
    page.locator("main form button").click()
    page.wait_for_url("**/jobs/*")
    expect(page.locator("main a.button")).to_be_visible(timeout=30_000)
    page.locator("main a.button").click()
    page.wait_for_url("**/item/*")
    return seen, page.url.removeprefix(opened.origin)


def test_a_picture_goes_in_and_is_looked_at_drawn_anew(opened: Opened) -> None:
    seen, path = add(opened, "<img src=x onerror=alert(1)>.jpg", draw_picture())
    page = seen.page
    assert "onerror" not in page.content()
    page.locator("form[action$='/look'] .button").first.click()
    expect(page.locator("#errors")).to_be_visible()
    assert page.locator("figure.seen").count() == 0, "nothing is seen without a reason"
    page.fill("#reason", "INVENTED: to describe it")
    page.locator("form[action$='/look'] .button").first.click()
    expect(page.locator("figure.seen img")).to_be_visible(timeout=30_000)
    assert page.evaluate("document.querySelector('figure.seen img').naturalWidth") == 640
    seen.amiss = [one for one in seen.amiss if "422" not in one]  # the refusal above
    seen.settle()
    page.context.close()


def test_what_a_page_could_run_is_handed_out_and_never_shown(opened: Opened) -> None:
    hostile = b"<svg xmlns='http://www.w3.org/2000/svg'><script>document.title='run'</script></svg>"
    seen, path = add(opened, "drawing.svg", hostile)
    page = seen.page
    page.fill("#reason", "INVENTED")
    with page.expect_download() as coming:
        page.locator("form[action$='/look'] .button.quiet").click()
    assert coming.value.suggested_filename == path.rpartition("/")[2]
    assert Path(coming.value.path()).read_bytes() == hostile
    assert "run" not in page.title()
    seen.settle()
    page.context.close()


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_nobody_is_kept_out_of_what_comes_in(opened: Opened, tongue: str) -> None:
    made, item = add(opened, "note.txt", b"INVENTED")
    made.page.context.close()
    seen = opened.visit(f"/record?case={CASE}", tongue, viewport=PHONE)
    page = seen.page
    page.locator("form[action='/record'] button").click()
    page.wait_for_url("**/record/*")
    begun = page.url.removeprefix(opened.origin).partition("#")[0]
    for path in ("/record", begun, f"{begun}/away", f"/case/{CASE}/add", item):
        page.goto(opened.origin + path)
        assert page.evaluate("document.documentElement.lang") == tongue
        assert seen.find_barriers() == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path
    page.goto(f"{opened.origin}{begun}/away")
    page.locator("main form button").click()
    seen.settle()
    page.context.close()


def test_several_files_go_in_at_once_and_one_that_is_refused_is_told(opened: Opened, tmp_path: Path) -> None:
    made, item = add(opened, "talk.ogg", b"INVENTED")
    made.page.context.close()
    cues = "WEBVTT\n\n{}.000 --> 00:03.000\nINVENTED\n"
    (tmp_path / "words").mkdir()
    for name, start in (("b.vtt", "00:01"), ("a.vtt", "00:09")):
        (tmp_path / "words" / name).write_text(cues.format(start))
    seen = opened.visit(f"/case/{CASE}/add")
    page = seen.page
    page.set_input_files("#folder", tmp_path / "words")
    assert sorted(page.input_value("#sizes").split()) == ["41", "41"], "large ones are sealed as they come"
    page.locator("details summary").first.click()
    page.fill("#of", item.rpartition("/")[2])
    page.select_option("#made_as", "transcript")
    page.locator("main form button").click()
    page.wait_for_url("**/jobs/*")
    expect(page.locator("main a.button")).to_be_visible(timeout=30_000)
    page.locator("main a.button").click()
    expect(page.locator(".files > li")).to_have_count(2)
    expect(page.locator(".files .notice")).to_have_count(1)
    for tongue in LANGUAGES:
        seen.speak(tongue)
        page.set_viewport_size({"width": 360, "height": 740})
        assert seen.find_barriers() == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    seen.settle()
    page.context.close()


def test_a_time_of_a_transcript_leads_to_its_place_in_the_sound(opened: Opened) -> None:
    seen, item = add(opened, "talk.wav", make_sound(bytes(16_000 * 12)))
    page = seen.page
    cues = "WEBVTT\n\n00:02.000 --> 00:04.000\n문은 밖에서 잠겨 있었습니다.\n\n"
    cues += "00:09.000 --> 00:10.000\nINVENTED\n"
    page.goto(f"{opened.origin}/case/{CASE}/add")
    page.set_input_files("#file", {"name": "talk.vtt", "mimeType": "text/vtt", "buffer": cues.encode()})
    page.locator("details summary").first.click()
    page.fill("#of", item.rpartition("/")[2])
    page.select_option("#made_as", "transcript")
    page.fill("#lang", "ko")
    page.locator("main form button").click()
    page.wait_for_url("**/jobs/*")
    expect(page.locator("main a.button")).to_be_visible(timeout=30_000)
    page.goto(opened.origin + item)
    assert page.locator(".aligned").count() == 0, "what was said lies in identity"
    page.goto(f"{opened.origin}/identity/{CASE}")
    page.fill("#reason", "INVENTED: to hear it")
    page.locator("main form button").click()
    page.goto(opened.origin + item)
    assert not page.locator(".aligned td").first.is_visible(), "covered until somebody asks"
    assert page.locator("button.seek").count() == 0 and page.locator("audio").count() == 0
    page.fill("#reason", "INVENTED: to hear it")
    page.locator("form[action$='/look'] .button").first.click()
    expect(page.locator("audio")).to_have_count(1, timeout=30_000)
    state = "(one => [one.paused, one.currentTime])(document.querySelector('audio'))"
    assert not page.locator("audio").is_visible() and page.evaluate(state) == [True, 0]
    page.locator(".aligned summary").press("Enter")
    assert page.locator(".aligned td").first.get_attribute("data-head") == "Transcript"
    page.locator("button.seek").nth(1).press("Enter")
    assert page.evaluate(HEARD, 9), "it plays from there"
    assert page.locator("audio").is_visible()
    page.evaluate("document.querySelector('audio').pause()")
    for tongue in LANGUAGES:
        seen.speak(tongue)
        page.set_viewport_size({"width": 360, "height": 740})
        page.locator(".aligned summary").press("Enter")
        assert seen.find_barriers() == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator(".opened button").click()
    seen.settle()
    page.context.close()
