using System.Text.Json;

namespace Quartier.Domain.Payloads;

/// <summary>Reads one value of JSON into samples; returns what is wrong with the whole message, or null.</summary>
/// <param name="reader">At the first token; afterwards at the value's last one, unless something is wrong.</param>
/// <param name="target">Where samples and refusals go.</param>
internal delegate string? MessageRead(ref Utf8JsonReader reader, DecodeTarget target);
