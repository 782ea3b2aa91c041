import QtQuick

// Codes of trouble -> words: what happened, and how to go on. The only place where that is said.
QtObject {
    function what(code: string): string {
        switch (code) {
        case "": return "";
        case "backend_unreachable": return qsTr("주문 시스템과 잠시 연결이 끊겼어요.");
        case "timed_out":
        case "timeout": return qsTr("답이 너무 늦어지고 있어요.");
        case "no_microphone": return qsTr("마이크를 찾을 수 없어요.");
        case "microphone_lost": return qsTr("마이크 연결이 끊겼어요.");
        case "microphone_silent": return qsTr("마이크가 꺼져 있는 것 같아요.");
        case "no_speaker": return qsTr("스피커에서 소리가 나지 않아요.");
        case "speech_not_heard":
        case "silence": return qsTr("말소리가 들리지 않았어요.");
        case "language_not_served": return qsTr("지금은 한국어를 듣지 못해요.");
        case "not_audio": return qsTr("말소리가 제대로 녹음되지 않았어요.");
        case "hearing_unavailable": return qsTr("지금은 말소리를 듣지 못해요.");
        case "not_spoken": return qsTr("지금은 소리 내어 답하지 못해요.");
        case "engine_unavailable": return qsTr("지금은 이 기능을 쓸 수 없어요.");
        case "sold_out": return qsTr("고르신 메뉴가 방금 품절됐어요.");
        case "empty_order": return qsTr("아직 담은 메뉴가 없어요.");
        case "style_not_chosen": return qsTr("스타일을 아직 고르지 않은 메뉴가 있어요.");
        case "style_not_offered": return qsTr("이 메뉴에 없는 스타일이에요.");
        case "unknown_menu":
        case "unknown_ingredient":
        case "cake_not_offered": return qsTr("지금은 팔지 않는 것이 들어 있어요.");
        case "quantity_out_of_range":
        case "count_out_of_range": return qsTr("개수가 너무 많거나 적어요.");
        case "rate_limited": return qsTr("잠깐 사이에 요청이 너무 많았어요.");
        case "wrong_credentials": return qsTr("이름이나 비밀번호가 맞지 않아요.");
        case "locked_out": return qsTr("여러 번 틀려서 잠시 잠겼어요.");
        case "unauthenticated":
        case "forbidden": return qsTr("로그인이 끝났거나 권한이 없어요.");
        case "conflict": return qsTr("다른 분이 먼저 바꿨어요.");
        case "illegal_transition": return qsTr("지금 상태에서는 할 수 없는 일이에요.");
        case "not_found": return qsTr("찾는 것이 없어요.");
        case "storage_full": return qsTr("저장 공간이 가득 찼어요.");
        case "database_unavailable": return qsTr("주문 장부를 잠시 열 수 없어요.");
        case "not_a_picture": return qsTr("열 수 없는 그림 파일이에요.");
        case "wrong_ratio": return qsTr("메뉴 카드에 맞지 않는 비율이에요.");
        case "alt_missing": return qsTr("그림 설명이 아직 없어요.");
        case "budget_spent": return qsTr("오늘 쓸 수 있는 그림 예산을 다 썼어요.");
        case "no_such_edit": return qsTr("이 그림에는 그렇게 바꿀 수 없어요.");
        case "payload_too_large": return qsTr("한 번에 보내기에는 너무 길어요.");
        case "bad_answer":
        case "invalid_request":
        case "malformed_json":
        case "unsupported_media_type":
        case "method_not_allowed":
        case "foreign_host":
        case "foreign_origin":
        case "idempotency_key_missing":
        case "idempotency_key_reused": return qsTr("주문 시스템과 말이 맞지 않아요.");
        case "internal":
        default: return qsTr("예상하지 못한 문제가 생겼어요.");
        }
    }

    function how(code: string): string {
        switch (code) {
        case "": return "";
        case "backend_unreachable":
        case "timed_out":
        case "timeout": return qsTr("담은 것은 그대로 있어요. 잠시 뒤 다시 해 주세요.");
        case "no_microphone":
        case "microphone_lost":
        case "microphone_silent": return qsTr("화면을 눌러 주문하거나 글자로 입력해 주세요.");
        case "engine_unavailable": return qsTr("화면을 눌러 주문해 주세요. 담은 것은 그대로 있어요.");
        case "hearing_unavailable":
        case "language_not_served": return qsTr("글자로 적거나 화면을 눌러 주세요.");
        case "not_spoken":
        case "no_speaker": return qsTr("답은 화면에 글자로 보여 드려요.");
        case "speech_not_heard":
        case "not_audio":
        case "silence": return qsTr("버튼을 누르고 조금 더 크게 말해 주세요.");
        case "sold_out":
        case "unknown_menu":
        case "unknown_ingredient":
        case "cake_not_offered": return qsTr("그 메뉴를 빼거나 다른 메뉴로 바꿔 주세요.");
        case "empty_order": return qsTr("메뉴를 먼저 골라 주세요.");
        case "style_not_chosen": return qsTr("바꾸기를 눌러 스타일을 골라 주세요.");
        case "style_not_offered": return qsTr("다른 스타일을 골라 주세요.");
        case "quantity_out_of_range":
        case "count_out_of_range": return qsTr("개수를 다시 정해 주세요.");
        case "rate_limited":
        case "locked_out": return qsTr("잠시 기다렸다가 다시 해 주세요.");
        case "wrong_credentials": return qsTr("확인하고 다시 입력해 주세요.");
        case "unauthenticated":
        case "forbidden": return qsTr("다시 로그인해 주세요.");
        case "conflict":
        case "illegal_transition":
        case "not_found": return qsTr("화면을 확인하고 다시 해 주세요.");
        case "database_unavailable": return qsTr("담은 것은 그대로 있어요. 잠시 뒤 다시 하거나 직원을 불러 주세요.");
        case "not_a_picture": return qsTr("PNG, JPEG, WebP 사진을 8MB, 4천만 화소까지 올릴 수 있어요.");
        case "wrong_ratio": return qsTr("4:3으로 자른 다음 다시 게시해 주세요.");
        case "alt_missing": return qsTr("무엇이 보이는지 한국어로 적은 다음 게시해 주세요.");
        case "budget_spent": return qsTr("빠른 그림은 그대로 만들 수 있어요. 내일 다시 해 주세요.");
        case "no_such_edit": return qsTr("다른 말로 적거나 사진을 새로 올려 주세요.");
        case "payload_too_large": return qsTr("조금 짧게 나누어 해 주세요.");
        case "storage_full":
        case "bad_answer":
        case "invalid_request":
        case "malformed_json":
        case "unsupported_media_type":
        case "method_not_allowed":
        case "foreign_host":
        case "foreign_origin":
        case "idempotency_key_missing":
        case "idempotency_key_reused":
        case "internal":
        default: return qsTr("다시 해 보시고, 안 되면 직원을 불러 주세요.");
        }
    }

    // Said before anybody speaks in vain.
    function notHeard(hearsOther: bool): string {
        const here = what("language_not_served") + " " + how("language_not_served");
        return hearsOther ? here + " " + qsTr("English speech works.") : here;
    }
}
