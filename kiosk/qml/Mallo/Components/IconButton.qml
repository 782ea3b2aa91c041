import QtQuick
import Mallo.Theme

// Icon above its word: an icon never stands alone. `checked` adds an edge and a filled face, not colour alone.
Button {
    vertical: true
    kind: checked ? "primary" : "quiet"
    padding: Theme.spaceS / 3
}
