package cn.minqing.story

import java.io.File
import org.json.JSONArray
import org.json.JSONObject

/** Reads a file of one JSON object as Kotlin's own maps, lists, texts and numbers. */
fun json(file: File): Map<String, Any?> = JSONObject(file.readText()).read()

/** Reads a text of one JSON object. */
fun json(text: String): Map<String, Any?> = JSONObject(text).read()

/** Writes maps, lists, texts and numbers as one JSON object. */
fun json(fields: Map<*, *>): String = JSONObject(fields).toString()

private fun JSONObject.read(): Map<String, Any?> = keySet().associateWith { value(get(it)) }

private fun value(json: Any?): Any? = when (json) {
    is JSONObject -> json.read()
    is JSONArray -> json.map(::value)
    is Int -> json.toLong()
    JSONObject.NULL -> null
    else -> json
}
