pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Manager
import Mallo.Theme

// How the engines are and who is connected, as the backend tells it. Nothing here is made up.
FocusScope {
    id: overview

    required property ManagerModel model

    objectName: "overview"

    DeskBar {
        id: top
        anchors { left: parent.left; right: parent.right; top: parent.top }
        heading: qsTr("말로 매니저")
        connection: overview.model.connection
        lastUpdate: overview.model.lastUpdate
        user: overview.model.user
        language: overview.model.language
        onLanguageWanted: language => overview.model.setLanguage(language)
        onSignOutWanted: overview.model.signOut()
        actions: DeskButton {
            objectName: "toStudio"
            focusPolicy: Qt.TabFocus
            text: qsTr("그림 스튜디오")
            onActed: overview.model.openTab("studio")
        }
    }

    Rectangle {
        id: lost
        objectName: "managerLost"
        anchors { left: parent.left; right: parent.right; top: top.bottom }
        visible: overview.model.connection === "lost"
        height: visible ? lostText.height + 2 * Theme.spaceM : 0
        color: Theme.bad

        Label {
            id: lostText
            anchors { left: parent.left; right: parent.right; margins: Theme.spaceL * 1.4; verticalCenter: parent.verticalCenter }
            text: qsTr("주문 서버가 답하지 않아요. 아래는 %1의 상태예요. 다시 물어보고 있어요.").arg(overview.model.lastUpdate)
            strong: true
            color: Theme.signalInk
            font.pixelSize: Theme.textL
            Accessible.role: Accessible.AlertMessage
        }
    }

    OutageBar {
        id: outages
        anchors { left: parent.left; right: parent.right; top: lost.bottom }
        model: overview.model.outages
    }

    Item {
        id: body
        anchors { left: parent.left; right: parent.right; top: outages.bottom; bottom: parent.bottom; margins: Theme.spaceL * 1.4 }

        readonly property real side: 1000 * Theme.unit

        Card {
            id: engines
            width: body.width - body.side - Theme.spaceL
            height: Math.min(body.height, engineColumn.height + 2 * Theme.spaceL * 1.2)

            ScrollPane {
                id: pane
                objectName: "engines"
                x: Theme.spaceL * 1.8
                y: Theme.spaceL * 1.2
                width: parent.width - 1.6 * x
                height: parent.height - 2 * y
                contentHeight: engineColumn.height

                Column {
                    id: engineColumn
                    width: parent.width - Theme.spaceM
                    spacing: 0

                    Label {
                        text: qsTr("AI 엔진")
                        strong: true
                        font.pixelSize: Theme.textL
                    }

                    Label {
                        width: parent.width
                        text: qsTr("위에서부터 차례로 써 보고, 먼저 되는 것을 써요.")
                        second: true
                        bottomPadding: Theme.spaceM
                    }

                    Repeater {
                        model: overview.model.engines

                        EngineRow {
                            width: engineColumn.width
                            viewTop: pane.viewTop
                            viewBottom: pane.viewBottom
                        }
                    }
                }
            }
        }

        ScrollPane {
            id: side
            objectName: "side"
            x: body.width - body.side
            // The rail stands in the margin.
            width: body.side + Theme.spaceM
            height: parent.height
            contentHeight: sideColumn.height

            Column {
                id: sideColumn
                width: body.side
                spacing: Theme.spaceL

                CostCard {
                    id: cost
                    width: parent.width
                    model: overview.model.cost
                }

                WaitCard {
                    id: waits
                    width: parent.width
                    model: overview.model.waits
                }

                Card {
                    id: windows
                    width: parent.width
                    height: live.height + 2 * Theme.spaceL * 1.2

                    Column {
                        id: live
                        x: Theme.spaceL * 1.8
                        y: Theme.spaceL * 1.2
                        width: parent.width - 2 * x
                        spacing: Theme.spaceM

                        Label {
                            text: qsTr("지금 연결된 창")
                            strong: true
                            font.pixelSize: Theme.textL
                        }

                        Row {
                            width: parent.width

                            Figure { objectName: "customers"; width: parent.width / 3; label: qsTr("손님 키오스크"); value: overview.model.customers }
                            Figure { objectName: "staff"; width: parent.width / 3; label: qsTr("주방"); value: overview.model.staff }
                            Figure { objectName: "managers"; width: parent.width / 3; label: qsTr("매니저"); value: overview.model.managers }
                        }
                    }
                }

                Card {
                    id: orders
                    width: parent.width
                    height: server.height + 2 * Theme.spaceL * 1.2

                    Column {
                        id: server
                        x: Theme.spaceL * 1.8
                        y: Theme.spaceL * 1.2
                        width: parent.width - 2 * x
                        spacing: Theme.spaceM

                        Label {
                            text: qsTr("주문 서버")
                            strong: true
                            font.pixelSize: Theme.textL
                        }

                        Label {
                            objectName: "serverStatus"
                            width: parent.width
                            text: overview.model.status === "ok" ? (overview.model.outages.any ? qsTr("주문을 받고 있어요. 쉬는 엔진은 다른 엔진이 대신해요.") : qsTr("모두 잘 돌아가고 있어요."))
                                : overview.model.status === "degraded" ? qsTr("주문은 받을 수 있어요. 쓸 수 없는 엔진이 있어요.")
                                : overview.model.status === "" ? qsTr("상태를 물어보고 있어요.") : qsTr("데이터베이스를 쓸 수 없어서 주문을 받을 수 없어요.")
                            strong: true
                            font.pixelSize: Theme.textM
                        }

                        Label {
                            width: parent.width
                            visible: overview.model.version !== ""
                            text: qsTr("데이터베이스: %1 · 버전 %2").arg(overview.model.database === "ok" ? qsTr("정상") : qsTr("쓸 수 없음")).arg(overview.model.version)
                            second: true
                        }
                    }
                }

                Card {
                    width: parent.width
                    height: later.height + 2 * Theme.spaceL * 1.2
                    visible: cost.height + waits.height + windows.height + orders.height + height + 4 * parent.spacing <= body.height
                    color: Theme.quiet

                    Label {
                        id: later
                        objectName: "later"
                        x: Theme.spaceL * 1.8
                        y: Theme.spaceL * 1.2
                        width: parent.width - 2 * x
                        text: qsTr("메뉴와 가격, 이벤트, 하루 기록은 아직 이 창에 없어요. 다음 판에서 여기에 열려요.")
                    }
                }
            }
        }
    }
}
