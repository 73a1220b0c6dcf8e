using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Kml.Build;
using Kml.Model;

namespace Kml.Cli;

/// <summary>The models that a compiled assembly declares, read without loading it.</summary>
internal static class DeclaredModels
{
    /// <summary>Reads all of them.</summary>
    /// <param name="assembly">The assembly's file.</param>
    /// <returns>At least one model.</returns>
    /// <exception cref="ToolException">There is none, or it cannot be read.</exception>
    public static IReadOnlyList<ModelSpec> Read(FileInfo assembly)
    {
        if (!assembly.Exists)
            throw new ToolException($"There is no file {assembly}. Build the project that declares the model: dotnet build");
        try
        {
            ModelSpec[] models = [.. AssemblyModels.Read(assembly.FullName).Models.Select(m => ModelText.Read(m.CanonicalText))];
            return models.Length > 0
                ? models
                : throw new ToolException($"{assembly} declares no kernel model. Name the assembly of the project that has the [KernelModel] class.");
        }
        catch (Exception e) when (e is BadImageFormatException or FormatException)
        {
            throw new ToolException($"{assembly} cannot be read: {e.Message.TrimEnd('.')}. Build it again with this version of KmlCompiler.");
        }
    }

    /// <summary>Reads one of them.</summary>
    /// <param name="assembly">The assembly's file.</param>
    /// <param name="name">Its name; null if the assembly declares only one.</param>
    /// <exception cref="ToolException">There is none of this name, or several and no name.</exception>
    public static ModelSpec One(FileInfo assembly, string? name)
    {
        IReadOnlyList<ModelSpec> models = Read(assembly);
        string names = string.Join(", ", models.Select(m => m.Name));
        if (name is not null)
            return models.SingleOrDefault(m => m.Name == name) ?? throw new ToolException($"{assembly} declares no model '{name}', but: {names}.");
        return models.Count == 1
            ? models[0]
            : throw new ToolException($"{assembly} declares several models: {names}. Choose one with --model.");
    }
}
