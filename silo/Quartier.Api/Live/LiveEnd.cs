using System.Buffers;
using System.Text.Json;
using Quartier.Api.Json;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Live;

/// <summary>Why a line ends: what it carried is not permitted any more, or cannot be recorded.</summary>
/// <param name="Reason">As a word: that of the denial, or <c>ledger-unavailable</c>.</param>
/// <param name="Stream">The datastream that may no longer be read; null when it is the whole line.</param>
/// <param name="Decision">The decision; null when there is none.</param>
/// <param name="Text">The same for people.</param>
internal sealed record LiveEnd(string Reason, string? Stream, ReadDecision? Decision, BilingualText Text)
{
    public static LiveEnd CredentialEnded { get; } = new(
        Words<DenialReason>.Of(DenialReason.CredentialEnded),
        null,
        null,
        new("Die Anmeldung oder der Schlüssel gilt nicht mehr. Neu anmelden.", "The session or key counts no longer. Sign in again."));

    public static LiveEnd LedgerUnavailable { get; } = new(
        "ledger-unavailable",
        null,
        null,
        new(
            "Ohne Protokoll wird nichts gelesen, und es nimmt gerade nichts auf. Später wieder verbinden.",
            "Nothing is read without a record, and it takes none at present. Connect again later."));

    public static LiveEnd Of(string stream, ReadDecision decision) =>
        new(Words<DenialReason>.Of(decision.Reason), stream, decision, decision.Explanation);

    /// <summary>Writes the event <c>ended</c> in the format of the HTML standard, section 9.2.5.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.Write("event: ended\ndata: "u8);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("reason"u8, Reason);
            json.WriteString("stream"u8, Stream);
            json.WriteString("policy"u8, Decision?.PolicyVersion);
            json.WriteString("grant"u8, Decision?.Grant);
            json.WriteString("purpose"u8, Decision?.Purpose);
            json.WriteStartObject("detail"u8);
            json.WriteString("de"u8, Text.De);
            json.WriteString("en"u8, Text.En);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }
}
