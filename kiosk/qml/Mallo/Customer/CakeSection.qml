pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// How a custom cake looks: flavour, colour, tiers, lettering. The picture above follows each change.
PagedColumn {
    id: section

    required property ItemModel item
    readonly property real head: Math.ceil(Math.max(2.6 * Theme.textS - Theme.spaceM, taste.implicitWidth, hue.implicitWidth, storeys.implicitWidth, letters.implicitWidth)) + Theme.spaceM

    signal letteringWanted

    Item {
        implicitHeight: flavours.implicitHeight

        Label {
            id: taste
            width: section.head
            height: Theme.touchTarget
            text: qsTr("맛")
            strong: true
        }

        Flow {
            id: flavours
            x: section.head
            width: section.width - x
            spacing: Theme.spaceS

            Repeater {
                model: section.item.flavours

                OptionChip {
                    required property int index
                    required property string code
                    required name
                    required swatch
                    required chosen

                    objectName: "flavour_" + code
                    onActed: section.item.choose_flavour(code)
                }
            }
        }
    }

    Item {
        implicitHeight: colours.implicitHeight

        Label {
            id: hue
            width: section.head
            height: Theme.touchTarget
            text: qsTr("색")
            strong: true
        }

        Flow {
            id: colours
            x: section.head
            width: section.width - x
            spacing: Theme.spaceS

            Repeater {
                model: section.item.colours

                OptionChip {
                    required property int index
                    required property string code
                    required name
                    required swatch
                    required chosen

                    objectName: "colour_" + code
                    onActed: section.item.choose_colour(code)
                }
            }
        }
    }

    Item {
        implicitHeight: tiers.implicitHeight

        Label {
            id: storeys
            width: section.head
            height: tiers.implicitHeight
            text: qsTr("단")
            strong: true
        }

        Stepper {
            id: tiers
            objectName: "tiers"
            x: section.head
            what: qsTr("단")
            from: 1
            to: 3
            value: section.item.tiers
            onMoved: value => section.item.set_tiers(value)
        }
    }

    Item {
        implicitHeight: lettering.implicitHeight

        Label {
            id: letters
            width: section.head
            height: Theme.touchTarget
            text: qsTr("글씨")
            strong: true
        }

        Button {
            id: lettering
            objectName: "lettering"
            x: section.head
            width: section.width - x
            kind: "outline"
            glyph: "edit"
            text: section.item.lettering !== "" ? "“" + section.item.lettering + "”" : qsTr("케이크에 글씨 넣기")
            Accessible.name: qsTr("케이크에 글씨 넣기") + " " + section.item.lettering
            onActed: section.letteringWanted()
        }
    }
}
