import QtQuick
import Mallo.Theme

// One serving style. The chosen one has a thick edge and a tick beside its name, not a colour alone.
Tappable {
    id: choice

    property string name: ""
    property string line: ""
    property string price: ""
    property bool chosen: false

    text: name + ", " + price
    Accessible.role: Accessible.RadioButton
    checkable: true
    autoExclusive: true
    checked: chosen
    Accessible.description: line
    implicitHeight: words.implicitHeight + 2 * Theme.spaceS

    background: Card {
        color: choice.down ? Theme.quiet : choice.chosen ? Theme.lit : Theme.card
        edge: choice.chosen ? Theme.primary : Theme.edgeStrong
        edgeWidth: choice.chosen ? Theme.line * 3 : Theme.line
    }

    contentItem: Item {
        Column {
            id: words
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.spaceM
            width: parent.width - 2 * Theme.spaceM
            spacing: Theme.spaceS / 2

            Item {
                readonly property bool stacked: title.implicitWidth + cost.implicitWidth + Theme.spaceM > width

                width: parent.width
                implicitHeight: stacked ? title.height + cost.height : Math.max(title.height, cost.height)

                Row {
                    id: title
                    spacing: Theme.spaceS

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: choice.chosen
                        name: "check"
                        size: Theme.textM
                        color: Theme.primary
                    }

                    Label {
                        text: choice.name
                        strong: true
                        font.pixelSize: Theme.textM
                        Accessible.ignored: true
                    }
                }

                Label {
                    id: cost
                    x: parent.stacked ? 0 : parent.width - width
                    y: parent.stacked ? title.height : (parent.height - height) / 2
                    text: choice.price
                    strong: true
                    color: Theme.primary
                    Accessible.ignored: true
                }
            }

            Label {
                width: parent.width
                text: choice.line
                second: true
                Accessible.ignored: true
            }
        }
    }
}
