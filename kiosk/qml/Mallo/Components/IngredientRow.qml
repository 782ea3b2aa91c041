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

    readonly property bool stacked: width - stepper.implicitWidth - 3 * Theme.spaceM < 7 * Theme.textS

    implicitHeight: stacked ? words.implicitHeight + stepper.implicitHeight + 2 * Theme.spaceS : Math.max(words.implicitHeight, stepper.implicitHeight) + 2 * Theme.spaceS

    Column {
        id: words
        x: Theme.spaceM
        y: row.stacked ? Theme.spaceS / 2 : (parent.height - implicitHeight) / 2
        width: (row.stacked ? parent.width : stepper.x) - 2 * Theme.spaceM

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
        y: row.stacked ? parent.height - height - Theme.spaceS : (parent.height - height) / 2
        anchors.right: parent.right
        anchors.rightMargin: Theme.spaceM
        what: row.name
        value: row.amount
        to: row.maximum
        onMoved: value => row.moved(value)
    }
}
