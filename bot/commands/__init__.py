"""What each command does. The command line imports a command when it is typed: most need a part of the product only."""
