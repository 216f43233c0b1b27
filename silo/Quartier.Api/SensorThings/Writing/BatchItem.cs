namespace Quartier.Api.SensorThings.Writing;

/// <summary>One request of a batch.</summary>
/// <param name="Id">Its id, or its Content-ID; empty without one.</param>
/// <param name="Method">Such as GET.</param>
/// <param name="Url">Its address: relative to the root, with the root, or beginning with a reference such as <c>$1</c>.</param>
/// <param name="Headers">Its own headers.</param>
/// <param name="Body">Its body; empty without one.</param>
/// <param name="Group">Those of one group are carried out together or not at all; null for one alone.</param>
/// <param name="DependsOn">Ids of requests and groups without whose success it is not carried out.</param>
internal sealed record BatchItem(
    string Id, string Method, string Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, string? Group, IReadOnlyList<string> DependsOn)
{
    /// <summary>How the body of a PATCH or PUT says what changes.</summary>
    public ChangeForm Form => Method is "PUT" ? ChangeForm.Replace
        : Headers.GetValueOrDefault("Content-Type")?.Contains("json-patch", StringComparison.OrdinalIgnoreCase) == true ? ChangeForm.Patch
        : ChangeForm.Merge;
}
