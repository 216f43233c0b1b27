using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Quartier.Domain.Registers;

/// <summary>Records as the text that is approved, kept and compared.</summary>
public static class RecordText
{
    /// <summary>The record as JSON; the same record gives the same text.</summary>
    public static string Write(ProcessingRecord record) => JsonSerializer.Serialize(record, RecordJson.Plain.ProcessingRecord);

    /// <summary>The draft as JSON; the same draft gives the same text.</summary>
    public static string Write(ImpactAssessment assessment) => JsonSerializer.Serialize(assessment, RecordJson.Plain.ImpactAssessment);

    /// <summary>SHA-256 of the text as UTF-8, lower-case hexadecimal: by it a text is approved and named in the ledger.</summary>
    public static string Digest(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
