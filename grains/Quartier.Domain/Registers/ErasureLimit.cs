namespace Quartier.Domain.Registers;

/// <summary>After which time data are erased.</summary>
/// <param name="Id">Category and resolution.</param>
/// <param name="Category">Id of the category.</param>
/// <param name="Resolution">In German.</param>
/// <param name="Days">Days from the end of the day of measurement.</param>
public sealed record ErasureLimit(string Id, string Category, string Resolution, int Days);
