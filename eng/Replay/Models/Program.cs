using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Kml;
using Kml.KernelModels;
using Kml.Training;

// weights FOLDER: those of every model here, trained for a moment on simulated records. A model that cannot be trained (its labels are all
// the same, say) has none, in either commit.
string folder = args[1];
Directory.CreateDirectory(folder);
int made = 0, without = 0;
IEnumerable<Type> models = typeof(Training).Assembly.GetTypes().Where(t => typeof(IKernelModel).IsAssignableFrom(t));
foreach (Type model in models.OrderBy(t => t.FullName, StringComparer.Ordinal))
{
    try
    {
        typeof(Training).GetMethod(nameof(Training.Save))!.MakeGenericMethod(model).Invoke(null, [folder]);
        made++;
    }
    catch (TargetInvocationException e) when (e.InnerException is TrainingException)
    {
        without++;
    }
}

Console.WriteLine($"{made} models trained, {without} cannot be");

internal static class Training
{
    public static void Save<TModel>(string folder)
        where TModel : IKernelModel
    {
        TrainingOptions options = new() { Seed = 7, MaxEpochs = 2, Console = null };
        Trainer.Train<TModel>(Simulation.Records<TModel>(), options).Save(Path.Combine(folder, $"{TModel.Name}.safetensors"));
    }
}
