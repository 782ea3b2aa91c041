import QtQuick
import Mallo.Theme

// A button with a word and, if wished, an icon before it. kind: "primary", "quiet", "outline" or "bad".
Tappable {
    id: button

    property string kind: "quiet"
    property string glyph: ""
    property bool vertical: false
    property real textSize: Theme.textS
    // What cannot be pressed lies flat: no face and no edge, and its word stays as readable as any other.
    readonly property color face: !enabled ? "transparent" : kind === "primary" ? (down ? Theme.primaryPressed : Theme.primary)
                                : kind === "bad" ? Theme.bad
                                : down ? Theme.quietPressed : kind === "outline" ? Theme.card : Theme.quiet
    readonly property color lettering: !enabled ? Theme.inkSecond : kind === "primary" ? Theme.primaryInk : kind === "bad" ? Theme.signalInk : Theme.ink

    padding: Theme.spaceS
    leftPadding: vertical ? Theme.spaceS / 2 : Theme.spaceM
    rightPadding: leftPadding
    implicitWidth: Math.max(Theme.touchTarget, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.touchTarget, implicitContentHeight + topPadding + bottomPadding)
    font.pixelSize: textSize

    background: Rectangle {
        radius: button.radius
        color: button.face
        border.width: !button.enabled ? 0 : button.checked ? Theme.line * 2 : Theme.line
        border.color: button.kind === "primary" ? Theme.primary : Theme.edgeStrong
    }

    contentItem: Item {
        // From what the icon and the word would like to have, not from what they got: that would be a loop.
        readonly property real iconWidth: button.glyph !== "" ? button.textSize * 1.05 : 0
        readonly property real wordWidth: button.text !== "" ? Math.ceil(word.implicitWidth) : 0

        implicitWidth: button.vertical ? Math.max(iconWidth, wordWidth)
                                       : iconWidth + wordWidth + (iconWidth && wordWidth ? inner.spacing : 0)
        implicitHeight: inner.implicitHeight

        Grid {
            id: inner
            anchors.centerIn: parent
            columns: button.vertical || button.glyph === "" || button.text === "" ? 1 : 2 // an empty column would add its spacing
            spacing: button.vertical ? Theme.spaceS / 3 : Theme.spaceS
            verticalItemAlignment: Grid.AlignVCenter
            horizontalItemAlignment: Grid.AlignHCenter

            Icon {
                visible: button.glyph !== ""
                name: button.glyph
                size: button.textSize * 1.05
                color: button.lettering
            }

            Label {
                id: word
                visible: button.text !== ""
                width: Math.min(implicitWidth, Math.max(1, button.availableWidth
                       - (button.glyph !== "" && !button.vertical ? button.textSize * 1.05 + inner.spacing : 0)))
                text: button.text
                color: button.lettering
                strong: button.enabled
                font.pixelSize: button.textSize
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
}
