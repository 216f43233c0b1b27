namespace Quartier.Api.SensorThings.Writing;

/// <summary>How a body says what changes.</summary>
internal enum ChangeForm : byte
{
    /// <summary>PATCH: what it does not name stays.</summary>
    Merge,

    /// <summary>PUT: what it does not name is taken away.</summary>
    Replace,

    /// <summary>PATCH with a JSON Patch (RFC 6902).</summary>
    Patch,
}
