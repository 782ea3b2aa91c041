pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Staff
import Mallo.Theme

// All-day totals: how much of everything is still to be made, who makes how many, and what is sold out.
Rectangle {
    id: rail

    required property StaffModel model

    objectName: "totalsRail"
    radius: Theme.radius * 1.3
    color: Theme.card
    border.width: Theme.line
    border.color: Theme.edge

    component Heading: Label {
        width: parent?.width ?? 0
        topPadding: Theme.spaceM
        bottomPadding: Theme.spaceS / 2
        strong: true
        second: true
    }

    component Sum: Item {
        id: sum

        required property string name
        required property int toDo
        required property int all

        objectName: "total"
        width: parent?.width ?? 0
        height: Math.max(words.height, toDoText.height)
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("%1 %2").arg(name).arg(toDo)

        Label {
            id: words
            anchors { left: parent.left; right: toDoText.left; rightMargin: Theme.spaceS; baseline: toDoText.baseline }
            text: sum.name
            second: sum.toDo === 0
        }

        Label {
            id: toDoText
            objectName: "totalToDo"
            anchors { right: allText.left }
            text: sum.toDo
            strong: true
            second: sum.toDo === 0
            font.pixelSize: Theme.textM
            wrapMode: Text.NoWrap
        }

        Label {
            id: allText
            objectName: "totalAll"
            anchors { right: parent.right; baseline: toDoText.baseline }
            width: Theme.textS * 2.5
            text: sum.all > sum.toDo ? sum.all : ""
            second: true
            horizontalAlignment: Text.AlignRight
            wrapMode: Text.NoWrap
        }
    }

    ScrollPane {
        anchors { fill: parent; leftMargin: Theme.spaceL; rightMargin: Theme.spaceM; topMargin: Theme.spaceS; bottomMargin: Theme.spaceM }
        activeFocusOnTab: false
        contentHeight: sums.height

        Column {
            id: sums
            width: parent.width

            Heading { text: qsTr("맡은 사람") }

            Label {
                visible: rail.model.rail.load.count === 0
                text: qsTr("아직 없어요")
                second: true
            }

            Flow {
                width: parent.width
                spacing: Theme.spaceS

                Repeater {
                    model: rail.model.rail.load

                    Tag {
                        required property string owner
                        required property bool mine
                        required property int count
                        required property int late

                        objectName: "load"
                        glyph: "person"
                        text: (mine ? qsTr("나 %1").arg(count) : owner === "" ? qsTr("아무도 아님 %1").arg(count) : qsTr("%1 %2").arg(owner).arg(count))
                              + (late > 0 ? " · " + qsTr("늦음 %1").arg(late) : "")
                        face: mine ? Theme.good : Theme.quiet
                        lettering: mine ? Theme.signalInk : Theme.ink
                    }
                }
            }

            Heading { text: qsTr("재료 · 만들 것 / 모두") }

            Repeater {
                model: rail.model.rail.portions

                Sum {}
            }

            Heading { text: qsTr("메뉴 · 만들 것 / 모두") }

            Repeater {
                model: rail.model.rail.menus

                Sum {}
            }

            Label {
                visible: rail.model.rail.menus.count === 0
                text: qsTr("열린 주문이 없어요")
                second: true
            }

            Heading {
                visible: rail.model.shelf.missing !== ""
                text: qsTr("품절")
            }

            Label {
                objectName: "missing"
                width: parent.width
                visible: rail.model.shelf.missing !== ""
                text: rail.model.shelf.missing
                strong: true
                color: Theme.bad
            }
        }
    }
}
