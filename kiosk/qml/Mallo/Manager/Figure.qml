import QtQuick
import Mallo.Components
import Mallo.Theme

// One number and what it counts.
Column {
    id: figure

    required property string label
    required property int value

    spacing: 0

    Label {
        width: parent.width
        text: figure.value
        strong: true
        font.pixelSize: Theme.textXL
        horizontalAlignment: Text.AlignHCenter
    }

    Label {
        width: parent.width
        text: figure.label
        second: true
        horizontalAlignment: Text.AlignHCenter
    }
}
