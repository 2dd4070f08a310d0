"""Whether the checks of outputs find what is wrong: outputs and emitters are spoiled on purpose."""
