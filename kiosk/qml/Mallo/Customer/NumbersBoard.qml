pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Customer
import Mallo.Theme

// Whose order is being made, and whose can be fetched: one line each, as many numbers as there is room for.
Rectangle {
    id: board

    required property FrontModel front
    readonly property bool any: front.ready.length > 0 || front.preparing.length > 0

    function fitting(numbers: var, room: real, size: real, lines: int): string {
        // A number is up to three digits and a gap; what does not fit is told by its count alone.
        const most = lines * Math.max(1, Math.floor(room / (size * 2.3)));
        const shown = numbers.slice(0, numbers.length > most ? Math.max(1, most - 1) : most);
        const more = numbers.length - shown.length;
        return shown.join("  ") + (more > 0 ? "  +" + more : "");
    }

    // How many more there are, as it stands there.
    function rest(text: string): string {
        return text.includes("+") ? text.slice(text.indexOf("+")) : "";
    }

    height: columns.height + 2 * Theme.spaceM
    radius: Theme.radius
    color: Theme.card
    border.width: Theme.line
    border.color: Theme.edge
    visible: any

    Row {
        id: columns
        anchors { left: parent.left; right: parent.right; leftMargin: Theme.spaceL; rightMargin: Theme.spaceL; verticalCenter: parent.verticalCenter }
        spacing: Theme.spaceL

        readonly property real first: (width - spacing) * 0.58 // who can fetch something reads first
        readonly property real second: width - spacing - first

        Column {
            width: columns.first

            Label {
                width: parent.width
                text: qsTr("나왔어요")
                strong: true
                color: Theme.good
            }

            Label {
                objectName: "numbersReady"
                width: parent.width
                text: board.front.ready.length > 0 ? board.fitting(board.front.ready, columns.first, font.pixelSize, 2) : "–"
                strong: true
                color: Theme.good
                font.pixelSize: Theme.textL
                Accessible.name: qsTr("찾아갈 수 있는 번호: %1").arg(board.front.ready.join(", "))
                Accessible.description: board.rest(text)
            }
        }

        Column {
            width: columns.second

            Label {
                width: parent.width
                text: qsTr("준비 중")
                second: true
                strong: true
            }

            Label {
                objectName: "numbersPreparing"
                width: parent.width
                text: board.front.preparing.length > 0 ? board.fitting(board.front.preparing, columns.second, font.pixelSize, 1) : "–"
                second: true
                font.pixelSize: Theme.textM
                wrapMode: Text.NoWrap
                Accessible.name: qsTr("준비 중인 번호: %1").arg(board.front.preparing.join(", "))
                Accessible.description: board.rest(text)
            }
        }
    }
}
