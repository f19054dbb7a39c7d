"""x."""
def test_pictures_are_taken(desk, new_phone):
    sent = desk.send(rater_id=desk.add_teacher())
    phone = new_phone()
    page = phone.open(sent)
    phone.begin(page)
    page.screenshot(path="/tmp/l4pics/q1.png")
    page.goto(sent.address + "?sprog=ar")
    phone.at("invited", page)
    page.screenshot(path="/tmp/l4pics/q2.png")
    page.locator("[data-link=begin]").tap()
    phone.at("form", page)
    page.screenshot(path="/tmp/l4pics/q3.png")
