def handler(event, context):
    xs = event.get("xs")
    a = event.get("a")
    b = event.get("b")
    text = "héllo wörld"
    label = f"{ a=} {b = !s} {len( text )=:>4} { text [ 1 ]=}"
    got = []
    for step in (None, 1, -1, 2, event.get("s")):
        try:
            got.append(xs[a:b:step])
        except (TypeError, ValueError) as error:
            got.append(str(error))
    return {"got": got, "text": text[a:], "label": label, "up": text[:b].upper()}
