pragma ComponentBehavior: Bound
import QtQuick
import Mallo.Theme
import Mallo.Components
import Mallo.Customer

// Typing: a sentence to the kiosk, a correction of what was heard, or the lettering of a cake. The keys on the screen
// and a real keyboard write into the same text.
FocusScope {
    id: panel

    required property CustomerModel model
    readonly property KeyboardModel keyboard: model.keyboard
    readonly property bool shown: keyboard.purpose !== ""
    property Item returnTo: null

    function ask(purpose: string, text: string): void {
        returnTo = Window.activeFocusItem;
        keyboard.open(purpose, text, purpose === "lettering" ? 20 : 200, model.display.language === "ko");
        field.text = keyboard.text;
        field.forceActiveFocus(Qt.OtherFocusReason);
        field.selectAll();
    }

    function done(): void {
        const text = keyboard.text, lettering = keyboard.purpose === "lettering";
        leave();
        if (lettering)
            model.item.set_lettering(text);
        else
            model.voice.say(text);
    }

    function leave(): void {
        keyboard.dismiss();
        if (returnTo)
            returnTo.forceActiveFocus(Qt.OtherFocusReason);
        returnTo = null;
    }

    ProblemWords { id: words }

    anchors.fill: parent
    visible: shown
    enabled: shown
    Keys.onEscapePressed: leave()

    Rectangle {
        anchors.fill: parent
        color: Theme.shade
    }

    MouseArea { anchors.fill: parent }

    Card {
        objectName: "entrySheet"
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.spaceM
        x: Theme.spaceS
        width: parent.width - 2 * Theme.spaceS
        height: column.implicitHeight + 2 * Theme.spaceM
        color: Theme.surface

        Column {
            id: column
            x: Theme.spaceS
            y: Theme.spaceM
            width: parent.width - 2 * Theme.spaceS
            spacing: Theme.spaceM

            Item {
                width: parent.width
                height: close.height

                Label {
                    width: parent.width - close.width - Theme.spaceM
                    anchors.verticalCenter: parent.verticalCenter
                    text: panel.keyboard.purpose === "lettering" ? qsTr("케이크에 쓸 글씨 (20자까지)")
                        : panel.keyboard.fresh ? qsTr("새로 적거나, 글을 눌러 고쳐 주세요") : qsTr("하고 싶은 말을 적어 주세요")
                    strong: true
                    font.pixelSize: Theme.textM
                }

                Button {
                    id: close
                    objectName: "entryClose"
                    anchors.right: parent.right
                    text: qsTr("닫기")
                    glyph: "close"
                    onActed: panel.leave()
                }
            }

            Label {
                objectName: "notHeard"
                width: parent.width
                visible: panel.keyboard.purpose === "sentence" && !panel.model.voice.hears
                text: words.notHeard(panel.model.voice.hearsOther)
                color: Theme.warn
            }

            Rectangle {
                width: parent.width
                height: Math.max(Theme.touchTarget, field.contentHeight + 2 * Theme.spaceS)
                radius: Theme.radius
                color: Theme.card
                border.width: Theme.line * 2
                border.color: field.activeFocus ? Theme.focus : Theme.edgeStrong

                TextEdit {
                    id: field
                    objectName: "entryField"
                    anchors.fill: parent
                    anchors.leftMargin: Theme.spaceM
                    anchors.rightMargin: Theme.spaceM
                    verticalAlignment: TextEdit.AlignVCenter
                    activeFocusOnTab: true
                    color: Theme.ink
                    font.family: Theme.family
                    font.pixelSize: Theme.textM
                    font.weight: Theme.bold
                    wrapMode: TextEdit.Wrap
                    textFormat: TextEdit.PlainText
                    Accessible.name: qsTr("적은 글")
                    selectByMouse: true
                    // Stands still: nothing on the screen blinks.
                    cursorDelegate: Rectangle {
                        width: Theme.line * 2
                        color: Theme.primary
                        visible: field.activeFocus
                    }
                    persistentSelection: true // the keys on the screen take the focus
                    selectionColor: Theme.lit
                    selectedTextColor: Theme.ink
                    onSelectedTextChanged: if (selectedText === "") panel.keyboard.keep()
                    Keys.onReturnPressed: panel.done()
                    Keys.onEnterPressed: panel.done()
                    Keys.onTabPressed: keys.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                    onTextChanged: if (text !== panel.keyboard.text) panel.keyboard.write(text)

                    Connections {
                        target: panel.keyboard

                        function onChanged(): void {
                            if (field.text !== panel.keyboard.text) {
                                field.text = panel.keyboard.text;
                                field.cursorPosition = field.length;
                            }
                        }
                    }
                }
            }

            KeyBoard {
                id: keys
                width: parent.width
                rows: panel.keyboard.rows
                korean: panel.keyboard.korean
                shifted: panel.keyboard.shifted
                done: panel.keyboard.purpose === "lettering" ? qsTr("넣기") : qsTr("보내기")
                canFinish: panel.keyboard.purpose === "lettering" || panel.keyboard.text.trim() !== ""
                onPressed: key => panel.keyboard.press(key)
                onErased: panel.keyboard.erase()
                onShift: panel.keyboard.shift()
                onScript: panel.keyboard.switch_script()
                onFinished: panel.done()
            }
        }
    }
}
