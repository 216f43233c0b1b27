using System.Globalization;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>An entity that was created or changed.</summary>
internal sealed record WrittenEntity(EntityKind Kind, long Id)
{
    /// <summary>Its address below the root.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"{EntityTypes.Of(Kind).SetName}({Id})");
}
