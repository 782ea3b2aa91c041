pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme

// Where I am: five steps. Past ones have a tick, the present one a filled pill.
Item {
    id: bar

    property int step: 0
    readonly property string aloud: Accessible.name
    property bool covered: false // a word lies over them for a moment
    readonly property var words: [qsTr("메뉴"), qsTr("스타일"), qsTr("재료"), qsTr("확인"), qsTr("완료")]

    implicitHeight: Theme.textS * 1.2 + 2 * Theme.spaceM
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("다섯 단계 중 %1단계, %2").arg(step + 1).arg(words[step])
    Accessible.description: words.join(", ")

    Row {
        anchors.centerIn: parent
        visible: !bar.covered

        Repeater {
            model: bar.words

            Rectangle {
                id: pill
                required property int index
                required property string modelData
                readonly property bool now: index === bar.step
                readonly property bool past: index < bar.step

                width: (bar.width - 2 * Theme.spaceS) / 5
                height: bar.implicitHeight - Theme.spaceM
                radius: height / 2
                color: now ? Theme.primary : "transparent"

                Row {
                    anchors.centerIn: parent
                    spacing: Theme.spaceS / 2

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: pill.past && !Theme.largeText
                        name: "check"
                        size: Theme.textS * 0.8
                        color: Theme.good
                    }

                    Label {
                        text: pill.modelData
                        strong: pill.now
                        wrapMode: Text.NoWrap
                        color: pill.now ? Theme.primaryInk : pill.past ? Theme.ink : Theme.inkSecond
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
