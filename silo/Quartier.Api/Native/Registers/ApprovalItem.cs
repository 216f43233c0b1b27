using Quartier.Api.Json;
using Quartier.Contracts.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>The approval of a record.</summary>
/// <param name="Number">1, 2, … for each record.</param>
/// <param name="Digest">SHA-256 of what was approved.</param>
/// <param name="By">Reference of who approved it.</param>
/// <param name="At">When.</param>
internal sealed record ApprovalItem(long Number, string Digest, string By, UtcTime At)
{
    public static ApprovalItem? Of(ApprovedRecord? approved) =>
        approved is null ? null : new(approved.Number, approved.Digest, approved.By, new(approved.AtMs));
}
