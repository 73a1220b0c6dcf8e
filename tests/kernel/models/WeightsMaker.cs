using System;
using System.IO;
using Kml.Training;

namespace Kml.KernelModels;

/// <summary>Writes the weights of a model from simulated records: small, the same every time, and only if they differ from what is there.</summary>
internal static class WeightsMaker
{
    /// <summary>Writes the weights file of a model.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="folder">Where weights lie.</param>
    public static void Write<TModel>(string folder)
        where TModel : IKernelModel
    {
        TrainingOptions options = new() { Seed = 7, MaxEpochs = 60, Patience = 60, LearningRate = 0.01f, Console = null };
        string path = Path.Combine(folder, $"{TModel.Name}.safetensors");
        string made = path + ".made";
        Directory.CreateDirectory(folder);
        File.Delete(made);
        Trainer.Train<TModel>(Simulation.Records<TModel>(), options).Save(made);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(made)))
            File.Delete(made);
        else
            File.Move(made, path, overwrite: true);
    }
}
