"""What the functions of the orders application share."""
