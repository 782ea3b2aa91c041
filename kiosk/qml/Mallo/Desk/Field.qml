import QtQuick
import QtQuick.Templates as T
import Mallo.Components
import Mallo.Theme

// One line to type into, under its name.
T.TextField {
    id: field

    required property string label

    implicitHeight: Theme.touchTarget * 1.5
    padding: Theme.spaceM
    leftPadding: Theme.spaceM * 1.5
    font.family: Theme.family
    font.pixelSize: Theme.textM
    font.weight: Theme.bold
    color: Theme.ink
    selectionColor: Theme.primary
    selectedTextColor: Theme.primaryInk
    placeholderTextColor: Theme.inkSecond
    verticalAlignment: TextInput.AlignVCenter
    selectByMouse: true
    Accessible.name: label

    background: Rectangle {
        radius: Theme.radius
        color: Theme.card
        border.width: field.activeFocus ? Theme.line * 3 : Theme.line * 1.5
        border.color: field.activeFocus ? Theme.focus : Theme.edgeStrong
    }

    Label {
        anchors.bottom: parent.top
        anchors.bottomMargin: Theme.spaceS
        text: field.label
        second: true
        strong: true
        Accessible.ignored: true
    }
}
