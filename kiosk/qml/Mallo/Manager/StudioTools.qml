pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Components
import Mallo.Desk
import Mallo.Manager
import Mallo.Theme

// Which menu, what is wished, quick edits, ratios, the description, and the card of the kiosks.
ScrollPane {
    id: tools

    required property StudioModel work
    readonly property bool chosen: work.versionId !== ""
    readonly property real half: (width - Theme.spaceM - Theme.spaceS) / 2

    contentHeight: column.height

    Column {
        id: column
        width: tools.width - Theme.spaceM
        spacing: Theme.spaceM

        Label { text: qsTr("메뉴"); strong: true; font.pixelSize: Theme.textM }

        Flow {
            width: parent.width
            spacing: Theme.spaceS

            Repeater {
                model: tools.work.menus

                DeskButton {
                    id: menu

                    required property string code
                    required property string name
                    required property bool chosen

                    objectName: "studioMenu"
                    text: name
                    kind: chosen ? "primary" : "quiet"
                    onActed: tools.work.chooseMenu(menu.code)
                }
            }
        }

        Item { width: 1; height: Theme.spaceL * 1.6 }

        Field {
            id: wish
            objectName: "wish"
            width: parent.width
            label: qsTr("바라는 것")
            maximumLength: 300
        }

        Label {
            width: parent.width
            text: qsTr("예: 딸기 더, 분홍색으로, 더 밝게")
            second: true
        }

        Row {
            spacing: Theme.spaceS

            DeskButton {
                objectName: "make"
                width: tools.half
                text: qsTr("새로 만들기")
                onActed: tools.work.make(wish.text)
            }

            DeskButton {
                objectName: "change"
                width: tools.half
                enabled: tools.chosen && wish.text.trim() !== ""
                kind: "primary"
                text: qsTr("이 그림 고치기")
                onActed: tools.work.change(wish.text)
            }
        }

        Label {
            objectName: "working"
            width: parent.width
            text: tools.work.working > 0 ? qsTr("%1장을 만들고 있어요…").arg(tools.work.working) : tools.work.left < 0 ? qsTr("그림은 이 기계가 그려요.") : qsTr("오늘 더 만들 수 있는 AI 그림 %1장").arg(tools.work.left)
            second: tools.work.working === 0
            strong: tools.work.working > 0
        }

        DeskButton {
            objectName: "cancelJobs"
            visible: tools.work.working > 0
            text: qsTr("만들기 멈추기")
            onActed: tools.work.cancel()
        }

        Label { topPadding: Theme.spaceM; text: qsTr("빠른 고치기"); strong: true; font.pixelSize: Theme.textM }

        Flow {
            width: parent.width
            spacing: Theme.spaceS

            DeskButton { objectName: "quick_warmer_light"; enabled: tools.chosen; text: qsTr("따뜻한 빛"); onActed: tools.work.quick("warmer_light", "") }
            DeskButton { objectName: "quick_plain_background"; enabled: tools.chosen; text: qsTr("단색 배경"); onActed: tools.work.quick("plain_background", "") }
            DeskButton { objectName: "quick_closer"; enabled: tools.chosen; text: qsTr("더 가까이"); onActed: tools.work.quick("closer", "") }
            DeskButton { objectName: "quick_change_colour"; enabled: tools.chosen && wish.text.trim() !== ""; text: qsTr("적은 색으로"); onActed: tools.work.quick("change_colour", wish.text) }
            DeskButton { objectName: "quick_lettering"; enabled: tools.chosen && wish.text.trim() !== ""; text: qsTr("적은 글씨로"); onActed: tools.work.quick("lettering", wish.text) }
            DeskButton { objectName: "undo"; enabled: tools.chosen; text: qsTr("되돌리기"); onActed: tools.work.undo() }
        }

        Flow {
            width: parent.width
            spacing: Theme.spaceS

            Label { text: qsTr("자르기"); strong: true; height: Theme.touchTarget }

            Repeater {
                model: ["1:1", "4:3", "16:9", "9:16"]

                DeskButton {
                    required property string modelData

                    objectName: "crop"
                    enabled: tools.chosen
                    text: modelData
                    kind: tools.work.ratio === modelData ? "primary" : "quiet"
                    onActed: tools.work.crop(modelData)
                }
            }
        }

        Label {
            width: parent.width
            visible: tools.work.refused
            text: qsTr("AI의 안전 기준에 걸린 바람이라 빼고, 이 기계가 대신 그렸어요.")
            strong: true
            color: Theme.warn
        }

        Item { width: 1; height: Theme.spaceL * 1.6 }

        Field {
            id: alt
            objectName: "alt"
            width: parent.width
            enabled: tools.chosen
            label: qsTr("보이지 않는 분께 읽어 드릴 설명")
            maximumLength: 300
            text: tools.work.alt
            onEditingFinished: tools.work.describe(text)

            Connections {
                target: tools.work
                function onAltChanged(): void {
                    alt.text = tools.work.alt;
                    alt.cursorPosition = 0; // its beginning is seen
                }
            }
        }

        Label {
            objectName: "shownBy"
            width: parent.width
            text: tools.work.changes === 0 ? qsTr("%1 카드는 가게가 그린 그림이에요.").arg(tools.work.menu)
                : tools.work.kiosks === 0 ? qsTr("열린 키오스크가 없어요. 켜지면 바로 보여요.")
                : qsTr("키오스크 %1대 중 %2대가 보여 주고 있어요.").arg(tools.work.kiosks).arg(tools.work.shownBy)
            color: tools.work.kiosks > 0 && tools.work.shownBy === tools.work.kiosks ? Theme.good : Theme.ink
        }

        Row {
            spacing: Theme.spaceS

            DeskButton {
                objectName: "publish"
                width: tools.half
                enabled: tools.chosen && !tools.work.live
                kind: "primary"
                text: tools.work.live ? qsTr("게시 중") : qsTr("카드에 게시")
                onActed: tools.work.publish()
            }

            DeskButton {
                objectName: "rollBack"
                width: tools.half
                enabled: tools.work.changes > 0
                text: qsTr("이전 그림으로")
                onActed: tools.work.rollBack()
            }
        }
    }
}
