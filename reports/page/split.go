package page

// split cuts a strip that is taller than a page between its lines of text, so that
// even a letterhead of a thousand words is printed whole.
func split(s Strip, height float64) []Strip {
	if s.Height <= height {
		return []Strip{s}
	}
	var out []Strip
	for from := 0.0; from < s.Height-1e-6; {
		to := cutAt(s.Ops, from, min(from+height, s.Height))
		part := Strip{Height: to - from, Ops: between(s.Ops, from, to, to >= s.Height)}
		if len(out) == 0 {
			part.Gap, part.Break, part.Head = s.Gap, s.Break, s.Head
		}
		out = append(out, part)
		from = to
	}
	out[len(out)-1].Keep = s.Keep
	return out
}

// cutAt is the lowest place up to to that goes through no text.
func cutAt(ops []Op, from, to float64) float64 {
	cut := to
	for moved := true; moved; {
		moved = false
		for i := range ops {
			if o := &ops[i]; o.Kind == OpText {
				top, bottom := o.Y-o.Font.Baseline(), o.Y+o.Font.Height()-o.Font.Baseline()
				if top < cut-1e-6 && cut < bottom-1e-6 && top > from+1e-6 {
					cut, moved = top, true
				}
			}
		}
	}
	return cut
}

// between returns what of ops lies from..to, moved up by from. Texts, links and
// names go where their line is; lines and areas are cut.
func between(ops []Op, from, to float64, last bool) []Op {
	var out []Op
	for _, o := range ops {
		switch o.Kind {
		case OpText:
			if middle := o.Y - o.Font.Size*Point*0.3; middle < from || middle >= to && !last {
				continue
			}
		case OpAnchor, OpBookmark:
			if o.Y < from || o.Y >= to {
				continue
			}
		case OpPoly:
			if len(o.Points) < 2 || o.Points[1] < from || o.Points[1] >= to {
				continue
			}
		default:
			if max(o.Y, o.Y2) < from || min(o.Y, o.Y2) > to {
				continue
			}
			o.Y, o.Y2 = min(max(o.Y, from), to), min(max(o.Y2, from), to)
		}
		out = append(out, o)
	}
	return Shift(out, 0, -from)
}
