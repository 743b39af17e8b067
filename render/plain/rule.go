package plain

func (w *writer) rule() {
	w.space(1)
	w.line("* * *")
	w.space(1)
}
