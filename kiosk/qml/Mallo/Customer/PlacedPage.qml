pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// The order stands: its number, huge; how far the kitchen is; when it will be ready.
Item {
    id: page

    required property CustomerModel model
    readonly property PlacedModel order: model.placed
    readonly property var stages: ["received", "preparing", "ready"]
    readonly property bool brief: order.unseen && Theme.largeText // the number and what to do with it are what counts
    readonly property int stage: order.status === "completed" ? 3 : stages.indexOf(order.status)

    Grid {
        id: halves
        readonly property real half: columns === 1 ? page.width : (page.width - spacing) / 2
        anchors.centerIn: parent
        columns: Theme.portrait ? 1 : 2
        spacing: Theme.lowScreen ? Theme.spaceM : Theme.spaceL
        verticalItemAlignment: Grid.AlignVCenter

    Column {
        width: halves.half
        spacing: halves.spacing

        Label {
            width: parent.width
            text: page.order.status === "cancelled" ? qsTr("주문이 취소됐어요") : page.order.status === "ready" ? qsTr("다 됐어요! 찾아가 주세요") : page.order.status === "completed" ? qsTr("맛있게 드세요") : qsTr("주문이 들어갔어요")
            strong: true
            font.pixelSize: Theme.textL
            color: page.order.status === "cancelled" ? Theme.bad : Theme.good
            horizontalAlignment: Text.AlignHCenter
        }

        Card {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, 760 * Theme.unit)
            height: number.implicitHeight + called.implicitHeight + Theme.spaceL

            Label {
                id: called
                anchors.horizontalCenter: parent.horizontalCenter
                y: Theme.spaceM
                text: qsTr("주문 번호")
                second: true
                font.pixelSize: Theme.textM
            }

            Label {
                id: number
                objectName: "orderNumber"
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.top: called.bottom
                text: page.order.number
                strong: true
                color: Theme.primary
                font.pixelSize: Theme.textXL * (Theme.lowScreen || Theme.largeText ? 1.6 : 2.4)
                lineHeight: 1
            }
        }

    }

    Column {
        width: halves.half
        spacing: halves.spacing

        Grid {
            id: status
            objectName: "status"
            anchors.horizontalCenter: parent.horizontalCenter
            columns: abreast <= halves.half ? 3 : 1
            spacing: Theme.spaceM
            // What nobody has seen is nowhere on its way, and no time can be promised for it.
            visible: page.stage >= 0 && !page.order.unseen
            Accessible.role: Accessible.StaticText
            Accessible.name: words[page.stage] ?? ""

            readonly property list<string> words: [qsTr("접수"), qsTr("준비 중"), qsTr("준비 끝")]
            readonly property real abreast: {
                let sum = -spacing;
                for (let i = 0; i < marks.count; ++i)
                    sum += (marks.itemAt(i)?.implicitWidth ?? 0) + spacing;
                return sum;
            }

            Repeater {
                id: marks
                model: status.words

                Row {
                    id: mark
                    required property int index
                    required property string modelData
                    readonly property bool reached: index <= page.stage

                    spacing: Theme.spaceS

                    Rectangle {
                        width: Theme.textL
                        height: width
                        radius: width / 2
                        color: mark.reached ? Theme.good : "transparent"
                        border.width: Theme.line * 2
                        border.color: mark.reached ? Theme.good : Theme.edgeStrong

                        Icon {
                            objectName: "reached_" + page.stages[mark.index]
                            anchors.centerIn: parent
                            visible: mark.reached
                            name: "check"
                            size: Theme.textS
                            color: Theme.signalInk
                        }
                    }

                    Label {
                        anchors.verticalCenter: parent.verticalCenter
                        text: mark.modelData
                        strong: mark.index === page.stage
                        second: !mark.reached
                    }
                }
            }
        }

        Label {
            width: parent.width
            visible: page.order.readyAt !== "" && page.stage >= 0 && page.stage < 2 && !page.order.unseen
            text: qsTr("%1쯤 준비돼요").arg(page.order.readyAt)
            font.pixelSize: Theme.textM
            horizontalAlignment: Text.AlignHCenter
        }

        Label {
            width: parent.width
            visible: !page.brief
            text: page.order.lines
            horizontalAlignment: Text.AlignHCenter
        }

        Label {
            width: parent.width
            visible: !page.brief
            text: (page.order.service === "to_go" ? qsTr("포장") : qsTr("매장에서 드심")) + " · " + page.order.payable
            second: true
            horizontalAlignment: Text.AlignHCenter
        }

        Banner {
            objectName: "unseenOrder"
            width: parent.width
            visible: page.order.unseen
            closable: false
            title: qsTr("주방이 아직 못 봤어요")
            body: qsTr("주문은 안전해요. 카운터에 %1번이라고 말씀해 주세요.").arg(page.order.number)
            onVisibleChanged: if (visible)
                page.model.voice.announce(title + ". " + body)
        }

        Label {
            width: parent.width
            visible: !page.order.live
            text: qsTr("진행 상황을 다시 잇고 있어요. 주문은 안전하게 들어갔어요.")
            color: Theme.warn
            horizontalAlignment: Text.AlignHCenter
        }

        Button {
            objectName: "newOrder"
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, 640 * Theme.unit)
            height: Theme.touchTarget * 1.25
            kind: "primary"
            glyph: "home"
            textSize: Theme.textM
            text: qsTr("다 봤어요")
            onActed: page.model.start_over()
        }
    }
    }
}
