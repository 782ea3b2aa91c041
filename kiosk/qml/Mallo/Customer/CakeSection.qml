pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// How a custom cake looks: flavour, colour, tiers, lettering. The picture above follows each change.
Item {
    id: section

    required property ItemModel item

    signal letteringWanted

    Column {
        width: parent.width
        spacing: Theme.spaceS

        Label { text: qsTr("맛"); strong: true }

        Flow {
            width: parent.width
            spacing: Theme.spaceS

            Repeater {
                model: section.item.flavours

                OptionChip {
                    required property int index
                    required property string code

                    objectName: "flavour_" + code
                    onActed: section.item.choose_flavour(code)
                }
            }
        }

        Label { text: qsTr("색"); strong: true }

        Flow {
            width: parent.width
            spacing: Theme.spaceS

            Repeater {
                model: section.item.colours

                OptionChip {
                    required property int index
                    required property string code

                    objectName: "colour_" + code
                    onActed: section.item.choose_colour(code)
                }
            }
        }

        Item {
            width: parent.width
            height: Theme.touchTarget

            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("단 수")
                strong: true
            }

            Stepper {
                objectName: "tiers"
                anchors.right: parent.right
                what: qsTr("단")
                suffix: qsTr("단")
                from: 1
                to: 3
                value: section.item.tiers
                onMoved: value => section.item.set_tiers(value)
            }
        }

        Button {
            objectName: "lettering"
            width: parent.width
            kind: "outline"
            glyph: "edit"
            text: section.item.lettering !== "" ? qsTr("글씨: “%1”").arg(section.item.lettering) : qsTr("케이크에 글씨 넣기")
            onActed: section.letteringWanted()
        }

        Label {
            width: parent.width
            second: true
            text: qsTr("그림은 실물과 다를 수 있어요.")
        }
    }
}
