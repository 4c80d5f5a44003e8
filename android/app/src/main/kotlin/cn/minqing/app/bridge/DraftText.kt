package cn.minqing.app.bridge

import cn.minqing.app.model.DraftKind
import cn.minqing.app.model.FormDraft
import cn.minqing.app.model.FormRow
import cn.minqing.app.model.Handling
import cn.minqing.app.model.MatterDraft
import cn.minqing.app.model.NewPromise
import cn.minqing.app.model.Ready
import cn.minqing.app.model.Survey
import cn.minqing.app.model.VisitDraft
import org.json.JSONArray
import org.json.JSONObject

/** Drafts as JSON, which the store keeps unread. What an older version did not know is empty. */
object DraftText {
    fun of(draft: VisitDraft): String = with(draft) {
        JSONObject().put("door", door).put("purpose", purpose).put("outcome", outcome).put("note", note).put("files", files(files))
            .put("seen", JSONArray(seen.toList())).put("followUp", followUp).put("what", promise.what).put("due", promise.due)
            .put("survey", survey?.let(::json)).toString()
    }

    fun visit(text: String): VisitDraft = with(JSONObject(text)) {
        VisitDraft(
            optString("door"), optString("purpose"), optString("outcome"), optString("note"), files(optJSONArray("files")), strings(optJSONArray("seen")).toSet(),
            optString("followUp"), NewPromise(optString("what"), optString("due")), optJSONObject("survey")?.let(::survey),
        )
    }

    fun of(draft: MatterDraft): String = with(draft) {
        JSONObject().put("door", door).put("kind", kind).put("category", category).put("text", text).put("place", place).put("affected", affected)
            .put("urgent", urgent).put("slip", slip).put("handling", handling.name).put("solved", solved).put("files", files(files)).toString()
    }

    fun matter(text: String): MatterDraft = with(JSONObject(text)) {
        MatterDraft(
            optString("door"), optString("kind"), optString("category"), optString("text"), optString("place"), optString("affected"), optString("urgent"),
            optString("slip"), Handling.entries.firstOrNull { it.name == optString("handling") } ?: Handling.OFFICE, optString("solved"), files(optJSONArray("files")),
        )
    }

    fun of(draft: FormDraft): String =
        JSONObject().put("key", draft.key).put("fields", JSONObject(draft.fields)).put("files", files(draft.files)).toString()

    fun form(kind: DraftKind, door: String, text: String): FormDraft = with(JSONObject(text)) {
        val fields = optJSONObject("fields") ?: JSONObject()
        FormDraft(kind, optString("key"), door, fields.keys().asSequence().associateWith(fields::optString), files(optJSONArray("files")))
    }

    private fun files(files: List<Ready>) = JSONArray(
        files.map {
            JSONObject().put("sha256", it.sha256).put("media", it.media).put("bytes", it.bytes).put("width", it.width).put("height", it.height)
                .put("taken", it.takenMs).put("place", it.place)
        },
    )

    private fun files(array: JSONArray?) = objects(array).map {
        Ready(it.optString("sha256"), it.optString("media"), it.optInt("bytes"), it.optInt("width"), it.optInt("height"), it.optLong("taken"), it.optString("place"))
    }

    private fun json(survey: Survey) = JSONObject().put("form", survey.form.id).put("version", survey.form.version).put("title", survey.form.title)
        .put("questions", survey.form.questions).put("answers", JSONObject(survey.answers.mapValues { JSONArray(it.value) }))

    private fun survey(json: JSONObject): Survey {
        val answers = json.optJSONObject("answers") ?: JSONObject()
        return Survey(
            FormRow(json.optString("form"), json.optInt("version"), json.optString("title"), json.optInt("questions")),
            answers.keys().asSequence().associateWith { strings(answers.optJSONArray(it)) },
        )
    }

    private fun objects(array: JSONArray?) = (0 until (array?.length() ?: 0)).mapNotNull { array?.optJSONObject(it) }
    private fun strings(array: JSONArray?) = (0 until (array?.length() ?: 0)).mapNotNull { array?.optString(it) }
}
