import QtQuick
import Mallo.Components
import Mallo.Theme

// A word in a small frame, with an icon before it if wished. The word carries the meaning, never the colour alone.
Rectangle {
    id: tag

    required property string text
    property string glyph: ""
    property bool iconShown: true // false keeps its room
    property color face: Theme.quiet
    property color lettering: Theme.ink
    property real textSize: Theme.textS

    implicitWidth: row.implicitWidth + 2 * Theme.spaceM
    implicitHeight: row.implicitHeight + Theme.spaceS
    radius: height / 2
    color: face
    border.width: Theme.highContrast ? Theme.line : 0
    border.color: lettering

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.spaceS

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: tag.glyph !== ""
            name: tag.glyph
            size: tag.textSize
            color: tag.lettering
            opacity: tag.iconShown ? 1 : 0
        }

        Label {
            text: tag.text
            strong: true
            color: tag.lettering
            font.pixelSize: tag.textSize
            wrapMode: Text.NoWrap
        }
    }
}
