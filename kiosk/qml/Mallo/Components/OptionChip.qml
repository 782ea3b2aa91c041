import QtQuick
import Mallo.Theme

// A small choice with a word and, for colours, the colour beside it.
Tappable {
    id: chip

    property string name: ""
    property string swatch: ""
    property bool chosen: false

    text: name
    Accessible.role: Accessible.RadioButton
    checkable: true
    autoExclusive: true
    checked: chosen
    padding: Theme.spaceS
    implicitHeight: Theme.touchTarget
    implicitWidth: Math.max(Theme.touchTarget, implicitContentWidth + 2 * Theme.spaceM)

    background: Rectangle {
        radius: Theme.radius
        color: chip.down ? Theme.quietPressed : chip.chosen ? Theme.lit : Theme.card
        border.width: chip.chosen ? Theme.line * 3 : Theme.line
        border.color: chip.chosen ? Theme.primary : Theme.edgeStrong
    }

    contentItem: Item {
        implicitWidth: inner.implicitWidth

        Row {
            id: inner
            anchors.centerIn: parent
            spacing: Theme.spaceS / 2

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: chip.chosen
                name: "check"
                size: Theme.textS
                color: Theme.primary
            }

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: chip.swatch !== ""
                width: Theme.textS
                height: width
                radius: width / 2
                color: chip.swatch !== "" ? chip.swatch : "transparent"
                border.width: Theme.line
                border.color: Theme.edgeStrong
            }

            Label {
                text: chip.name
                strong: true
                Accessible.ignored: true
            }
        }
    }
}
