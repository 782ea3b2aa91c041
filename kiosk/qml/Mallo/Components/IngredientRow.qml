import QtQuick
import Mallo.Theme

// One ingredient: what it is, what one more costs, what it may do to whom, and how many.
Item {
    id: row

    property string name: ""
    property string each: ""
    property string allergens: ""
    property int amount: 0
    property int maximum: 9
    property bool changed: false

    signal moved(value: int)

    Card {
        anchors.fill: parent
        color: row.changed ? Theme.lit : Theme.card
        edge: row.changed ? Theme.primary : Theme.edge
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.spaceM
        width: stepper.x - 2 * Theme.spaceM

        Label {
            width: parent.width
            text: row.name
            strong: true
        }

        Label {
            width: parent.width
            text: row.each + (row.allergens !== "" ? " · " + qsTr("알레르기 %1").arg(row.allergens) : "")
            second: true
        }
    }

    Stepper {
        id: stepper
        objectName: "amount"
        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceM
        what: row.name
        value: row.amount
        to: row.maximum
        onMoved: value => row.moved(value)
    }
}
