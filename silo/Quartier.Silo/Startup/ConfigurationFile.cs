using System.Text.Json;
using System.Text.Json.Serialization;
using Quartier.Mqtt;

namespace Quartier.Silo.Startup;

/// <summary>
/// The file of <c>--config</c>: a JSON object whose names are the command line's options without their dashes, and <c>mqtt-limits</c>, an object of
/// <see cref="MqttOptions"/>. What it does not know it refuses by name: a misspelt limit must not be no limit.
/// </summary>
/// <param name="Arguments">The options as the command line would have them.</param>
/// <param name="MqttLimits">The limits of the MQTT endpoint.</param>
internal sealed record ConfigurationFile(IReadOnlyList<string> Arguments, MqttOptions MqttLimits)
{
    private const string MqttLimitsName = "mqtt-limits";

    /// <summary>Far longer than any configuration.</summary>
    private const int BytesMax = 256 * 1024;

    private static readonly JsonSerializerOptions s_limits = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonDocumentOptions s_document = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads it.</summary>
    /// <exception cref="ArgumentException">It cannot be read, is no JSON, or holds what is not known; the message names it.</exception>
    public static ConfigurationFile Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > BytesMax)
            {
                throw new ArgumentException($"{path} has {length} bytes; a configuration has at most {BytesMax}.");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path), s_document);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(path, document.RootElement)
                : throw new ArgumentException($"{path} is not a JSON object such as {{\"data\": \"/var/lib/quartier\"}}.");
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"{path} is not what is expected: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The configuration {path} cannot be read: {error.Message}", error);
        }
    }

    private static ConfigurationFile Read(string path, JsonElement root)
    {
        var arguments = new List<string>();
        var limits = new MqttOptions();
        foreach (var setting in root.EnumerateObject())
        {
            if (setting.NameEquals(MqttLimitsName))
            {
                limits = Limits(path, setting.Value);
                continue;
            }

            var name = "--" + setting.Name;
            if (!SiloDraft.Names.Contains(name, StringComparer.Ordinal))
            {
                throw new ArgumentException($"{path}: '{setting.Name}' is not known. Known are {string.Join(", ", SiloDraft.Names.Select(n => n[2..]))} and {MqttLimitsName}.");
            }

            foreach (var value in Values(path, setting))
            {
                arguments.AddRange([name, value]);
            }
        }

        return new ConfigurationFile(arguments, limits);
    }

    private static MqttOptions Limits(string path, JsonElement value)
    {
        var limits = value.Deserialize<MqttOptions>(s_limits) ?? throw new ArgumentException($"{path}: '{MqttLimitsName}' is null.");
        try
        {
            limits.Validate();
            return limits;
        }
        catch (InvalidOperationException error)
        {
            throw new ArgumentException($"{path}: {error.Message}", error);
        }
    }

    private static IEnumerable<string> Values(string path, JsonProperty setting) => setting.Value.ValueKind switch
    {
        JsonValueKind.String => [setting.Value.GetString()!],
        JsonValueKind.Number => [setting.Value.GetRawText()],
        JsonValueKind.Array when setting.Value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) =>
            [.. setting.Value.EnumerateArray().Select(v => v.GetString()!)],
        _ => throw new ArgumentException($"{path}: '{setting.Name}' takes a text, a number, or a list of texts."),
    };
}
