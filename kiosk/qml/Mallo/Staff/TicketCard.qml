pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Staff
import Mallo.Theme

// One order. What must be done differently is bold; how long it waits changes the edge and the word.
Item {
    id: card

    required property StaffModel staff
    required property string orderId
    required property int number
    required property string status
    required property string service
    required property var lines
    required property var allergens
    required property string owner
    required property bool mine
    required property int minutes
    required property string age
    required property bool fresh
    required property bool given
    required property bool busy
    property real viewTop: 0        // what of the list can be seen, in its own coordinates
    property real viewBottom: 1e9
    readonly property bool picked: staff.selected === orderId
    readonly property int mark: picked && lines.length > 1 ? staff.line : -1 // the line that the keys are at
    readonly property color ageColor: age === "late" ? Theme.bad : age === "soon" ? Theme.warn : Theme.edge

    function waited(): string {
        const time = minutes < 1 ? qsTr("방금")
                   : minutes < 60 ? qsTr("%1분").arg(minutes)
                   : qsTr("%1시간 %2분").arg(Math.floor(minutes / 60)).arg(minutes % 60);
        return age === "late" ? qsTr("%1 · 늦었어요").arg(time) : age === "soon" ? qsTr("%1 · 서둘러요").arg(time) : time;
    }

    // revision: of the pictures; asked again when one has come.
    function pictureOf(line: int, revision: int): string {
        return revision >= 0 ? staff.cakes.of(orderId, line) : "";
    }

    objectName: "ticket" + number
    height: sheet.height
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1번, %2").arg(number).arg(waited())
    Accessible.selected: picked

    // Narrower than the list, which clips: the ring of a picked card is drawn outside it.
    Item {
        id: sheet
        x: Theme.spaceM
        width: card.width - 2 * x
        height: body.height + 2 * Theme.spaceM

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: card.fresh || card.given ? Theme.lit : Theme.card
            border.width: Theme.line
            border.color: card.age === "calm" ? Theme.edge : card.ageColor
        }

        Rectangle {
            id: edge
            width: Theme.spaceM * (card.age === "calm" ? 0.75 : 1.4)
            height: parent.height
            topLeftRadius: Theme.radius
            bottomLeftRadius: Theme.radius
            color: card.ageColor
        }

        FocusRing {
            shown: card.picked
            radius: Theme.radius + Theme.spaceS / 2
            anchors.margins: -border.width
            border.width: Theme.line * 4
        }

        TapHandler {
            onTapped: card.staff.pick(card.orderId)
        }

        Column {
            id: body
            x: edge.width + Theme.spaceL
            y: Theme.spaceM
            width: parent.width - x - Theme.spaceL
            spacing: Theme.spaceS

            TicketHead {
                id: head
                width: parent.width
                number: card.number
                service: card.service
                owner: card.owner
                mine: card.mine
                fresh: card.fresh
                given: card.given
                age: card.age
                waited: card.waited()
                whole: card.y + body.y + head.y >= card.viewTop && card.y + body.y + head.y + head.height <= card.viewBottom
            }

            Repeater {
                model: card.lines

                TicketLine {
                    required property var modelData
                    required property int index

                    width: body.width
                    line: modelData
                    picture: modelData.cake ? card.pictureOf(index, card.staff.cakes.revision) : ""
                    at: card?.mark === index
                    onTapped: {
                        if (card.picked && card.status === "preparing") // the first touch only picks
                            card.staff.toggleLine(card.orderId, index);
                    }
                }
            }

            Item {
                id: foot
                // Many buttons take the whole row: then the allergens have one of their own above them.
                readonly property bool stacked: width - actions.width < Theme.textS * 9

                width: parent.width
                height: stacked ? allergenText.height + Theme.spaceS + actions.height : Math.max(allergenText.height, actions.height)

                Label {
                    id: allergenText
                    objectName: "allergens"
                    y: foot.stacked ? 0 : (foot.height - height) / 2
                    width: foot.stacked ? foot.width : foot.width - actions.width - Theme.spaceM
                    text: card.allergens.length ? qsTr("알레르기: %1").arg(card.allergens.join(", ")) : qsTr("알레르기 성분 없음")
                    second: true
                }

                Row {
                    id: actions
                    anchors.right: parent.right
                    y: foot.stacked ? foot.height - height : (foot.height - height) / 2
                    spacing: Theme.spaceS

                    DeskButton {
                        objectName: "cancel"
                        visible: card.picked && card.status !== "ready"
                        focusPolicy: Qt.NoFocus
                        activeFocusOnTab: false
                        enabled: !card.busy
                        kind: "outline"
                        text: qsTr("취소")
                        onActed: card.staff.askCancel(card.orderId)
                    }

                    DeskButton {
                        objectName: "give"
                        visible: card.picked && card.staff.give.may && card.status !== "ready"
                        focusPolicy: Qt.NoFocus
                        activeFocusOnTab: false
                        enabled: !card.busy
                        text: qsTr("맡기기")
                        onActed: card.staff.askGive(card.orderId)
                    }

                    DeskButton {
                        objectName: "recall"
                        visible: card.picked && card.status !== "received"
                        focusPolicy: Qt.NoFocus
                        activeFocusOnTab: false
                        enabled: !card.busy
                        text: qsTr("되돌리기")
                        onActed: card.staff.recall(card.orderId)
                    }

                    DeskButton {
                        objectName: "bump"
                        focusPolicy: Qt.NoFocus
                        activeFocusOnTab: false
                        enabled: !card.busy
                        steady: true
                        kind: card.picked || card.status === "ready" ? "primary" : "quiet"
                        text: card.busy ? qsTr("잠시만요…")
                            : card.status === "received" ? (card.mine ? qsTr("시작하기") : qsTr("내가 맡기")) : card.status === "preparing" ? qsTr("다 됐어요") : qsTr("건넸어요")
                        onActed: card.staff.bump(card.orderId)
                    }
                }
            }
        }
    }
}
