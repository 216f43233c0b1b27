namespace Quartier.Silo.Ingest;

/// <summary>Whose topics a session's are, where they do not say it themselves: those of another broker, or of a device that cannot be told another.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Gateway">Id of the gateway whose decoder knows the topics.</param>
internal sealed record TopicOrigin(string City, string Gateway);
