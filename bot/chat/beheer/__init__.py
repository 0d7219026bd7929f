"""The coordinator's side of the chat: one message of menus, one module per subject."""
