"""From content files to definitions, with a located message for every author's mistake."""
