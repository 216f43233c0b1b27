using System.Buffers;
using System.Text.Json;

namespace Quartier.Api.Live;

/// <summary>What is written to a line: changed subjects, the request to read everything again, or a sign of life.</summary>
/// <param name="MustResync">Changes were dropped.</param>
/// <param name="Subjects">What changed; empty for a sign of life.</param>
internal sealed record LiveEvent(bool MustResync, IReadOnlyCollection<string> Subjects)
{
    public static LiveEvent Resync { get; } = new(true, []);

    /// <summary>Writes the event in the format of the HTML standard, section 9.2.5.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        if (MustResync)
        {
            output.Write("event: resync\ndata: {}\n\n"u8);
            return;
        }

        if (Subjects.Count == 0)
        {
            output.Write(": still here\n\n"u8);
            return;
        }

        output.Write("event: changed\ndata: "u8);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartArray("subjects"u8);
            foreach (var subject in Subjects)
            {
                json.WriteStringValue(subject);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }
}
