package cn.minqing.story

import java.lang.reflect.InvocationTargetException
import kotlin.reflect.KClass
import kotlin.reflect.KFunction
import kotlin.reflect.KType
import kotlin.reflect.full.instanceParameter
import kotlin.reflect.full.memberFunctions
import kotlin.reflect.full.memberProperties
import kotlin.reflect.full.primaryConstructor
import kotlin.reflect.full.valueParameters

/** A record outside the binding: the name of its class, and its fields as the story names them. */
data class Record(val name: String, val fields: Map<String, Any?>)

/** Calls a method by the story's name for it; one that is not there fails. */
fun call(on: Any, name: String, args: List<Any?>): Any? {
    val method = on::class.memberFunctions.singleOrNull { it.name == camel(name) } ?: error("there is no method $name")
    val parameters = method.valueParameters
    require(args.size <= parameters.size) { "$name takes ${parameters.size} arguments" }
    val filled = parameters.zip(args) { parameter, arg -> parameter to typed(arg, parameter.type) }
    return method.calledBy(mapOf(method.instanceParameter!! to on) + filled)
}

/** A result as JSON would have it, but for records, which keep their names. */
fun plain(result: Any?): Any? = when (result) {
    null, Unit -> null
    is Enum<*> -> result.name.lowercase()
    is List<*> -> result.map(::plain)
    is UByte -> result.toLong()
    is UShort -> result.toLong()
    is UInt -> result.toLong()
    is ULong -> result.toLong()
    is Byte, is Short, is Int -> (result as Number).toLong()
    else -> if (result::class.isData) record(result) else result
}

/** A field of whatever has it; nothing where there is none. */
fun field(of: Any, name: String): Any? = of::class.memberProperties.singleOrNull { it.name == camel(name) }?.getter?.call(of)

private fun record(of: Any) = Record(of::class.simpleName!!, of::class.memberProperties.associate { snake(it.name) to plain(it.getter.call(of)) })

/** What the binding wants in the place of a value of the story. */
private fun typed(value: Any?, type: KType): Any? {
    val kind = type.classifier as KClass<*>
    return when (value) {
        is Record -> made(value, kind)
        is List<*> -> value.map { typed(it, type.arguments.single().type!!) }
        is Number -> number(value, kind)
        is String -> if (kind.java.isEnum) kind.java.enumConstants.single { (it as Enum<*>).name == value.uppercase() } else value
        else -> value
    }
}

private fun made(record: Record, kind: KClass<*>): Any? {
    require(record.name == kind.simpleName) { "a ${record.name} where a ${kind.simpleName} belongs" }
    val constructor = kind.primaryConstructor!!
    val fields = record.fields.entries.associate { (name, value) ->
        val parameter = constructor.parameters.singleOrNull { it.name == camel(name) } ?: error("${record.name} has no $name")
        parameter to typed(value, parameter.type)
    }
    return constructor.calledBy(fields)
}

private fun number(value: Number, kind: KClass<*>): Any = when (kind) {
    UByte::class -> value.toLong().toUByte()
    UShort::class -> value.toLong().toUShort()
    UInt::class -> value.toLong().toUInt()
    ULong::class -> value.toLong().toULong()
    Byte::class -> value.toByte()
    Short::class -> value.toShort()
    Int::class -> value.toInt()
    Long::class -> value.toLong()
    Float::class -> value.toFloat()
    Double::class -> value.toDouble()
    else -> error("a number where a ${kind.simpleName} belongs")
}

/** As `callBy`, but throws what the function threw. */
private fun KFunction<*>.calledBy(args: Map<kotlin.reflect.KParameter, Any?>): Any? =
    try {
        callBy(args)
    } catch (e: InvocationTargetException) {
        throw e.targetException
    }

private fun camel(name: String) = name.replace(Regex("_([a-z0-9])")) { it.groupValues[1].uppercase() }

private fun snake(name: String) = name.replace(Regex("[A-Z]")) { "_" + it.value.lowercase() }
