import QtQuick
import Mallo.Components
import Mallo.Theme

// A button of the desk windows: as high as a mouse or a wet finger needs, in the size of the text around it.
Button {
    padding: Theme.spaceS
    implicitHeight: Math.max(Theme.touchTarget * 1.1, implicitContentHeight + topPadding + bottomPadding)
}
