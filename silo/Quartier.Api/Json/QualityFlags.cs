using System.Text.Json.Serialization;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Json;

/// <summary>Quality as a list of words; empty when good.</summary>
[JsonConverter(typeof(QualityFlagsConverter))]
internal readonly record struct QualityFlags(Quality Value);
